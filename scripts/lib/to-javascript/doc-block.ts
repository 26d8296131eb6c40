/** A line of a docstring that begins with `@`. */
export interface DocTag {
  readonly tag: string
  /** Without the braces. */
  readonly type?: string
  /** Of a parameter, property or type. */
  readonly name?: string
  readonly text?: string
}

const WIDTH = 110
/** Tags that name what they are about. */
const NAMED = new Set(['param', 'property', 'template', 'typedef'])
/** `@returns` may stand behind a sentence on its line. */
const TAG = /(?:^|\s)@(param|returns|template|throws|deprecated|see|example)\b/

/** What a docstring says: sentences first, then tags. */
export class DocBlock {
  constructor(
    readonly lines: readonly string[] = [],
    readonly tags: readonly DocTag[] = [],
  ) {}

  /** @param value of a block comment, without its first and last two characters */
  static parse(value: string): DocBlock {
    const text = value
      .replace(/^\*/, '')
      .split('\n')
      .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
      .join('\n')
      .trim()
    const [sentences = '', ...parts] = text.split(new RegExp(TAG, 'g'))
    const tags: DocTag[] = []
    for (let at = 0; at + 1 < parts.length; at += 2) tags.push(readTag(parts[at] ?? '', parts[at + 1] ?? ''))
    return new DocBlock(linesOf(sentences), tags)
  }

  /** With further tags, which take over what the docstring says of the same parameter or of the result. */
  with(added: readonly DocTag[]): DocBlock {
    const rest = this.tags.filter((tag) => !added.some((other) => isSame(tag, other)))
    const merged = added.map((tag) => {
      const text = this.tags.find((other) => isSame(tag, other))?.text ?? tag.text
      return text === undefined ? tag : { ...tag, text }
    })
    return new DocBlock(this.lines, [...merged, ...rest])
  }

  /** As a comment whose first line is not indented, since it stands where the text begins. */
  print(indent: string): string {
    const lines = [...this.lines, ...this.tags.flatMap(printTag)]
    const [only = ''] = lines
    if (lines.length === 1 && indent.length + only.length + 7 <= WIDTH) return `/** ${only} */`
    const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')
    return `/**\n${body}${indent} */`
  }
}

function linesOf(text: string): string[] {
  const trimmed = text.trim()
  return trimmed === '' ? [] : trimmed.split('\n')
}

function readTag(tag: string, rest: string): DocTag {
  const text = rest.trim()
  if (!NAMED.has(tag)) return { tag, text }
  const [name = '', ...words] = text.split(' ')
  return { tag, name, text: words.join(' ') }
}

function isSame(tag: DocTag, other: DocTag): boolean {
  return tag.tag === other.tag && bare(tag.name) === bare(other.name)
}

/** `[name]` marks what may be left out. */
function bare(name: string | undefined): string | undefined {
  return name?.replaceAll(/[[\]]/g, '')
}

/** `@param {string} name what it says` */
export function textOf({ tag, type, name, text }: DocTag): string {
  const parts = [`@${tag}`, type === undefined ? '' : `{${type}}`, name ?? '', text ?? '']
  return parts.filter((part) => part !== '').join(' ')
}

function printTag(tag: DocTag): string[] {
  const whole = textOf(tag)
  if (!whole.includes('\n') && whole.length + 3 <= WIDTH) return [whole]
  return wrap(textOf({ ...tag, text: '' }), (tag.text ?? '').split(/\s+/))
}

/** The words behind the head, on as many lines as they need. The head itself is broken between the parts of its type. */
function wrap(head: string, words: readonly string[]): string[] {
  const lines = breakType(head)
  for (const word of words.filter((each) => each !== '')) {
    const last = lines.at(-1) ?? ''
    if (last.length + word.length + 4 <= WIDTH) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`  ${word}`)
  }
  return lines
}

function breakType(head: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const part of head.split(/(?<=[|;&]) /)) {
    if (line !== '' && line.length + part.length + 4 > WIDTH) {
      lines.push(line)
      line = `  ${part}`
    } else {
      line = line === '' ? part : `${line} ${part}`
    }
  }
  return [...lines, line]
}
