/** Who saved it, for people: what came with a folder of files has no person. */
export const saver = (author: string, fromFiles: string) => (author === "folder" ? fromFiles : author);
