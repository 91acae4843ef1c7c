export interface ServerEvent {
  event: string;
  data: string;
}

/** Server-sent events of an answer that is read as it comes. Who stops reading ends the connection. */
export async function* serverEvents(response: Response): AsyncGenerator<ServerEvent> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const lines = new Lines();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* lines.add(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Puts events together from pieces that may end anywhere. An event that is not ended by a blank line is none. */
class Lines {
  private rest = "";
  private event = "message";
  private data: string[] = [];

  add(piece: string): ServerEvent[] {
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop()!;
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): ServerEvent[] {
    if (line === "") return this.dispatch();
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line)!;
    if (field === "event") this.event = value!;
    if (field === "data") this.data.push(value!);
    return [];
  }

  private dispatch(): ServerEvent[] {
    const found = this.data.length > 0 ? [{ event: this.event, data: this.data.join("\n") }] : [];
    this.event = "message";
    this.data = [];
    return found;
  }
}
