/** The text of a `.env` file with one variable set: in its place if it is there, else at the end. All else stays. */
export function withVariable(text: string, name: string, value: string): string {
  const line = new RegExp(`^(?:export[ \\t]+)?${name}[ \\t]*=.*$`, 'm')
  if (line.test(text)) return text.replace(line, () => `${name}=${value}`)
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${name}=${value}\n`
}
