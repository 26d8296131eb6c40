/** At SIGINT or SIGTERM calls `close`, and ends the program once that is done. */
export function closeAtExit(close: () => Promise<void>): void {
  const end = () => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}
