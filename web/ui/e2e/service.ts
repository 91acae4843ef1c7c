import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** E2E_BINARY names another than the one that `make build` makes. */
export const binary = process.env.E2E_BINARY ?? resolve(import.meta.dirname, "../../../bin/vitrina");

/** A service of its own: the real binary with its engine and Postgres in a folder that goes away with it. */
export interface Service {
  url: string;
  /** Of the first administrator, as the first start printed it; empty at a later start. */
  password: string;
  data: string;
  /** Ends the process with the signal, and resolves when it has gone. */
  stop: (signal?: NodeJS.Signals) => Promise<void>;
  /** Also removes the folder. */
  end: () => Promise<void>;
}

interface StartOptions {
  demo?: boolean;
  /** Another start on the same folder, and at the same port. */
  data?: string;
  listen?: string;
  log?: string;
}

export async function startService({ demo = true, data, listen = "127.0.0.1:0", log = "service" }: StartOptions = {}): Promise<Service> {
  const folder = data ?? mkdtempSync(join(tmpdir(), "vitrina-e2e-"));
  const logs = resolve(import.meta.dirname, "../../../bin/e2e");
  mkdirSync(logs, { recursive: true });
  const child = spawn(binary, ["serve", ...(demo ? ["--demo"] : []), "--listen", listen, "--data", folder], { stdio: ["ignore", "pipe", "pipe"] });
  const written = createWriteStream(join(logs, `${log}.log`), { flags: "a" });
  child.stdout.pipe(written);
  child.stderr.pipe(written);
  const told = await announced(child);
  const stop = (signal: NodeJS.Signals = "SIGTERM") => gone(child, signal);
  return {
    ...told,
    data: folder,
    stop,
    end: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the start prints, in one piece, once the service is up. */
function announced(child: ChildProcess): Promise<{ url: string; password: string }> {
  return new Promise((done, failed) => {
    let text = "";
    child.stdout!.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const url = /serves at (http:\S+)\n/.exec(text)?.[1];
      if (url !== undefined) done({ url, password: /with the password (\S+)/.exec(text)?.[1] ?? "" });
    });
    child.once("exit", (code) => failed(new Error(`The service ended with ${code} before it was up; bin/e2e has its log.\n${text}`)));
    child.once("error", failed);
  });
}

function gone(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once("exit", () => done());
    child.kill(signal);
  });
}
