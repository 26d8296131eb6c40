/** Imported, this says that something compiles TypeScript here. */
export {}
