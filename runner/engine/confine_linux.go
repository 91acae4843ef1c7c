package engine

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Rights of Landlock: of files, and what only folders have.
const (
	fsRead    = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE
	fsReadDir = fsRead | unix.LANDLOCK_ACCESS_FS_READ_DIR
	// fsAll are the rights of the first version of Landlock, which every later one has too.
	fsAll = unix.LANDLOCK_ACCESS_FS_MAKE_SYM<<1 - 1
	// netVersion is the first that can deny connections; referVersion, truncateVersion the first with those rights.
	referVersion, truncateVersion, netVersion = 2, 3, 4
)

// rulesetAttr is the kernel's landlock_ruleset_attr; the second field came with netVersion.
type rulesetAttr struct{ fs, net uint64 }

// netConnect is LANDLOCK_ACCESS_NET_CONNECT_TCP.
const netConnect = 1 << 1

// confine puts the process behind a wall, for good: no file but the engine's folder and what a program needs to run, and no
// TCP connection to anywhere. It is the second wall; the first are the rights of the engine's user. The kernel confines
// threads, not processes, and Go has several: so one thread goes behind the wall and becomes the program again.
//
// Without Landlock in the kernel it does nothing. After an error the process must end.
func (work order) confine(log *slog.Logger) error {
	if os.Getenv(confinedMark) != "" {
		return nil
	}
	version, err := landlockVersion()
	if err != nil {
		log.Info("the engine runs without the second wall around its folder", "reason", err)
		return nil
	}
	input, err := work.asInput()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := work.restrict(version, self); err != nil {
		return err
	}
	if err := unix.Dup3(int(input.Fd()), 0, 0); err != nil {
		return err
	}
	err = syscall.Exec(self, os.Args, append(os.Environ(), confinedMark+"=1"))
	return fmt.Errorf("the engine could not start itself again: %w", err)
}

// asInput is the order as a file to be read again. It fits into a pipe.
func (work order) asInput() (*os.File, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer writer.Close()
	return reader, json.NewEncoder(writer).Encode(work)
}

func landlockVersion() (int, error) {
	version, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0, fmt.Errorf("the kernel has no Landlock: %w", errno)
	}
	return int(version), nil
}

func (work order) restrict(version int, self string) error {
	all := uint64(fsAll)
	if version >= referVersion {
		all |= unix.LANDLOCK_ACCESS_FS_REFER
	}
	if version >= truncateVersion {
		all |= unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	attr := rulesetAttr{fs: all}
	size := unsafe.Sizeof(attr.fs)
	if version >= netVersion {
		attr.net, size = netConnect, unsafe.Sizeof(attr)
	}
	ruleset, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&attr)), size, 0)
	if errno != 0 {
		return errno
	}
	defer unix.Close(int(ruleset))
	for path, access := range work.allowed(self, all) {
		if err := allow(int(ruleset), path, access&all); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0, 0); errno != 0 {
		return errno
	}
	return nil
}

// devices that any program may use. Disks, terminals and the kernel's log are not among them; /dev/fd and /dev/stdout lead to files
// that are open already, and to /proc.
var devices = []string{"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}

// allowed are the paths that the engine needs. What does not exist is left out.
func (work order) allowed(self string, all uint64) map[string]uint64 {
	paths := map[string]uint64{work.Dir: all, self: fsRead, work.Library: fsRead, "/dev/shm": all}
	for _, device := range devices {
		paths[device] = all
	}
	for _, dir := range []string{"/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/gnu/store",
		"/proc", "/sys", "/usr/share/zoneinfo"} {
		paths[dir] = fsReadDir
	}
	for _, file := range []string{"/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/hosts", "/etc/nsswitch.conf"} {
		paths[file] = fsRead
	}
	for _, dir := range filepath.SplitList(os.Getenv("LD_LIBRARY_PATH")) {
		paths[dir] = fsReadDir
	}
	if dir := os.Getenv("GOCOVERDIR"); dir != "" {
		paths[dir] = all
	}
	if socket, err := privatePath("x"); err == nil {
		paths[filepath.Dir(socket)] = all
	}
	return paths
}

// allow gives access to what is beneath the path; a file has no rights of folders.
func allow(ruleset int, path string, access uint64) error {
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		return err
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFDIR {
		access &= unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_WRITE_FILE |
			unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	rule := unix.LandlockPathBeneathAttr{Allowed_access: access, Parent_fd: int32(fd)}
	_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(ruleset), unix.LANDLOCK_RULE_PATH_BENEATH,
		uintptr(unsafe.Pointer(&rule)), 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}
