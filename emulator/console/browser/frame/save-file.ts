/** Saves something as a file of the browser. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser may begin to read it only after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
