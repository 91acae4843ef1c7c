import { describe, expect, it } from "vitest";

import { serverEvents, type ServerEvent } from "./serverEvents";

function answer(pieces: Uint8Array[]): Response {
  const left = [...pieces];
  return new Response(
    new ReadableStream({
      pull(controller) {
        const piece = left.shift();
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
    }),
  );
}

/** An answer that never ends by itself. */
function endless(first: Uint8Array, onCancel: () => void): Response {
  return new Response(new ReadableStream({ start: (controller) => controller.enqueue(first), cancel: onCancel }));
}

async function all(pieces: Uint8Array[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of serverEvents(answer(pieces))) events.push(event);
  return events;
}

const stream = ': keep open\n\nid: 1\nevent: progress\ndata: {"n":\ndata: "é🎴"}\n\nevent: done\r\ndata: {}\r\n\r\ndata: bare\n\nevent: cut\ndata: {';
const expected = [
  { event: "progress", data: '{"n":\n"é🎴"}' },
  { event: "done", data: "{}" },
  { event: "message", data: "bare" },
];

describe("server-sent events", () => {
  const bytes = new TextEncoder().encode(stream);

  it("are put together wherever the pieces end", async () => {
    for (const size of [1, 2, 3, 7, 16, bytes.length]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.slice(n * size, (n + 1) * size));
      expect(await all(pieces)).toEqual(expected);
    }
  });

  it("end the connection when nobody reads on", async () => {
    let cancelled = false;
    const response = endless(bytes, () => (cancelled = true));
    const events = serverEvents(response);
    expect((await events.next()).value).toEqual(expected[0]);
    await events.return(undefined);
    expect(cancelled).toBe(true);
  });
});
