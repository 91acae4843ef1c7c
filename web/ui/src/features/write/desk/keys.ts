import { isBlankBlock, type Block, type DocumentModel } from "../document";

/** Names of blocks that stay the same while one writes in them, so that their editors stay. */
export function blockKeys(model: DocumentModel): string[] {
  const seen = new Map<string, number>();
  let before = "start";
  return model.blocks.map((block) => {
    const own = block.kind === "cell" ? `cell ${block.cell?.name ?? ""}` : block.kind === "front" ? "front" : `text after ${before}`;
    const count = (seen.get(own) ?? 0) + 1;
    seen.set(own, count);
    const key = count === 1 ? own : `${own} ${count}`;
    if (block.kind === "cell") before = key;
    return key;
  });
}

export interface KeyedBlock {
  key: string;
  index: number;
  block: Block;
}

/** The blocks that a page shows: blank lines between others are none. */
export function shownBlocks(model: DocumentModel): KeyedBlock[] {
  const keys = blockKeys(model);
  return model.blocks.map((block, index) => ({ key: keys[index]!, index, block })).filter(({ block }) => !isBlankBlock(model, block));
}
