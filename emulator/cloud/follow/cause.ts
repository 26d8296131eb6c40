/**
 * What an error is about, without the names and values of the one request: messages of one cause become equal.
 * @param message of the emulator, as it is or with ids and names already replaced
 */
export function causeOf(message: string): string {
  return message
    .replace(/dup key: .*$/s, 'dup key')
    .replace(/collection: \S+ index: \S+/, 'collection: # index: #')
    .replace(/not exist: \S+?\.(?= |$)/, 'not exist: #.')
    .replace(/in element \{.*\}(?=\}\])/s, 'in element #')
    .replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '#')
    .replace(/(: )\S+$/, '$1#')
    .replace(/\d+(\.\d+)?/g, '#')
}
