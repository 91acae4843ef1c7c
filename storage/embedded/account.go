package embedded

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// unprivileged is the user of a server that root starts in a folder of its own.
const unprivileged = "nobody"

// account is the user that the server runs as. Postgres refuses to be root.
type account struct {
	uid, gid int
	// drop: this process is root and the server is not.
	drop bool
}

// accountOf is this process's own user or, for root, whoever owns the cluster or its folder already, or else nobody.
func accountOf(dir, cluster string) (account, error) {
	if euid := os.Geteuid(); euid != 0 {
		if _, err := user.LookupId(strconv.Itoa(euid)); err != nil {
			return account{}, fault.New(fault.Unavailable, "The user %d has no entry in /etc/passwd, which Postgres needs: add one, "+
				"or start Vitrina as root, or set DATABASE_URL to a Postgres of yours.", euid)
		}
		return account{uid: euid, gid: os.Getegid()}, nil
	}
	for _, path := range []string{cluster, dir} {
		uid, _, err := ownerOf(path)
		if err != nil || uid == 0 {
			continue
		}
		if owner, err := user.LookupId(strconv.Itoa(uid)); err == nil {
			return dropTo(owner)
		}
	}
	found, err := user.Lookup(unprivileged)
	if err != nil {
		return account{}, fault.New(fault.Unavailable, "There is no user %q for Postgres to run as, which refuses to be root: "+
			"start Vitrina as an ordinary user.", unprivileged)
	}
	return dropTo(found)
}

func dropTo(u *user.User) (account, error) {
	uid, err := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	return account{uid: uid, gid: gid, drop: true}, errors.Join(err, err2)
}

// own makes sure that a cluster belongs to the account. Root's, as after a copy, is given to it.
func (a account) own(cluster string) error {
	uid, _, err := ownerOf(cluster)
	if err != nil {
		return fault.Disk(cluster, err)
	}
	if uid == a.uid {
		return nil
	}
	if !a.drop {
		return fault.New(fault.Unavailable, "The folder %s belongs to another user (%s): start Vitrina as that user, or as root.", cluster, nameOf(uid))
	}
	err = filepath.WalkDir(cluster, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, a.uid, a.gid)
	})
	if err != nil {
		return fault.New(fault.Unavailable, "The folder %s cannot be given to the user %s, whom Postgres runs as because it refuses to be root: "+
			"start Vitrina as an ordinary user. (%w)", cluster, nameOf(a.uid), err)
	}
	return nil
}

// hand gives a file that root has made to the owner of the folder it is in, who may be the next to start Vitrina.
func hand(path, dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	uid, gid, err := ownerOf(dir)
	if err != nil {
		return err
	}
	return os.Lchown(path, uid, gid)
}

func ownerOf(path string) (uid, gid int, err error) {
	info, err := os.Lstat(path)
	if err != nil {
		return 0, 0, err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, errors.New("this system tells no owner of files")
	}
	return int(stat.Uid), int(stat.Gid), nil
}

func nameOf(uid int) string {
	if u, err := user.LookupId(strconv.Itoa(uid)); err == nil {
		return u.Username
	}
	return strconv.Itoa(uid)
}
