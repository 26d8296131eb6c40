import { readFileSync } from 'node:fs'

const TEMPLATES = new URL('./templates/', import.meta.url)

/**
 * The text of a template.
 * @param words what `__NAME__` and the like become, by the word between the underscores
 */
export function fill(template: string, words: Readonly<Record<string, string>>): string {
  const text = readFileSync(new URL(`${template}.txt`, TEMPLATES), 'utf8')
  return text.replaceAll(
    /__([A-Z]+(?:_[A-Z]+)*)__/g,
    (placeholder, word: string) => words[word] ?? placeholder,
  )
}
