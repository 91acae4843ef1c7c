import type { Values } from "../../parts/form/values";

interface Order {
  values: Values;
  format: string | undefined;
}

/** 128 random bits. Unlike crypto.randomUUID this is there over plain http too. */
function random(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Keys of orders for runs. The same order that is sent again, by a second click or after an answer was lost, has the same key, so that it
 * makes one run; once a run has come of it the next order is another one.
 */
export class OrderKeys {
  private last: (Order & { key: string }) | undefined;

  of(order: Order): string {
    if (this.last?.values !== order.values || this.last.format !== order.format) this.last = { ...order, key: random() };
    return this.last.key;
  }

  done(): void {
    this.last = undefined;
  }
}
