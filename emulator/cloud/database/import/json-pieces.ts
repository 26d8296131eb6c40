import { ImportRefused } from './failure.ts'

/** One document of a file, as text, and where in the file it begins. */
export interface Piece {
  text: string
  line: number
  /** Which collection of the file it is in, from 0. */
  collection: number
}

/** The longest document as text: 16 MB of BSON, with room for how extended JSON writes it. */
const MAXIMUM_PIECE_CHARACTERS = 64 * 1024 * 1024
const MAXIMUM_DEPTH = 250

/** Where in a file its documents are. */
export type Layout = 'documents' | 'export'

/**
 * Cuts a file into documents as it arrives, without ever holding the whole of it. `documents` is JSON Lines (objects one
 * after another, as WeChat's console exports them) or one array of objects; `export` is the cloud's own
 * `{"collections": [{…, "documents": […]}]}`. What is around the documents is kept as {@link skeleton}.
 */
export class JsonPieces {
  readonly #layout: Layout
  /** What is open, outermost first: `{` or `[`. */
  readonly #open: string[] = []
  /** The last key met in each object that is open. */
  readonly #keys: (string | undefined)[] = []
  #line = 1
  #collection = -1
  #skeleton = ''
  /** The text that is being read: a document, or a string outside of documents. */
  #text = ''
  #textLine = 1
  #documentDepth: number | undefined
  #string: 'inside' | 'escaped' | undefined
  #lastString = ''
  #hasTopArray = false

  constructor(layout: Layout) {
    this.#layout = layout
  }

  /** What is around the documents, each of which is a `0` there. Not kept for documents one after another. */
  get skeleton(): string {
    return this.#skeleton
  }

  get line(): number {
    return this.#line
  }

  /** Whether the documents are the items of one array. */
  get isArray(): boolean {
    return this.#hasTopArray
  }

  /** @throws ImportRefused for what cannot be part of such a file */
  *feed(chunk: string): Generator<Piece> {
    let kept = 0
    for (let position = 0; position < chunk.length; position++) {
      const character = chunk[position] as string
      if (character === '\n') this.#line += 1
      if (this.#documentDepth === undefined) {
        if (this.#begins(character)) {
          kept = position
          this.#textLine = this.#line
        } else {
          this.#readAround(character)
          continue
        }
      }
      if (!this.#readInside(character)) continue
      yield this.#takePiece(chunk.slice(kept, position + 1))
    }
    if (this.#documentDepth !== undefined) this.#keep(chunk.slice(kept))
  }

  /** @throws ImportRefused when a document, or what is around it, has not ended */
  end(): void {
    if (this.#documentDepth !== undefined) {
      throw new ImportRefused(this.#textLine, 'the document that begins here does not end')
    }
    if (this.#open.length > 0 || this.#string) throw new ImportRefused(this.#line, 'the file ends too early')
  }

  #begins(character: string): boolean {
    if (this.#string || !this.#isPlaceOfDocuments() || /[\s,\]]/.test(character)) return false
    if (this.#layout === 'documents' && character === '[' && this.#open.length === 0 && !this.#hasTopArray) {
      this.#hasTopArray = true
      return false
    }
    if (character !== '{') throw new ImportRefused(this.#line, 'not a document: an object is expected here')
    this.#documentDepth = 0
    return true
  }

  #isPlaceOfDocuments(): boolean {
    const path = this.#open.join('')
    if (this.#layout === 'documents') return path === '' || path === '['
    return path === '{[{[' && this.#keys[0] === 'collections' && this.#keys[2] === 'documents'
  }

  /** @returns whether the document ends with this character */
  #readInside(character: string): boolean {
    if (this.#readString(character)) return false
    const depth = this.#documentDepth ?? 0
    if (character === '{' || character === '[') {
      if (depth >= MAXIMUM_DEPTH) throw new ImportRefused(this.#textLine, 'a document is nested too deeply')
      this.#documentDepth = depth + 1
    } else if (character === '}' || character === ']') {
      this.#documentDepth = depth - 1
      return depth === 1
    }
    return false
  }

  /** @returns whether the character is part of a string */
  #readString(character: string): boolean {
    if (this.#string === 'escaped') this.#string = 'inside'
    else if (this.#string === 'inside') {
      if (character === '\\') this.#string = 'escaped'
      else if (character === '"') this.#string = undefined
    } else if (character === '"') this.#string = 'inside'
    else return false
    return true
  }

  #readAround(character: string): void {
    if (this.#layout === 'documents' && !this.#hasTopArray) {
      if (/\S/.test(character))
        throw new ImportRefused(this.#line, 'documents must be separated by line breaks')
      return
    }
    this.#skeleton += character
    if (this.#skeleton.length > MAXIMUM_PIECE_CHARACTERS)
      throw new ImportRefused(this.#line, 'not such a file')
    const begins = this.#string === undefined && character === '"'
    if (this.#readString(character)) {
      this.#lastString = begins ? '' : this.#string ? this.#lastString + character : this.#lastString
      return
    }
    if (character === ':') this.#keys[this.#open.length - 1] = this.#lastString
    else if (character === '{' || character === '[') this.#enter(character)
    else if (character === '}' || character === ']') {
      this.#open.pop()
      this.#keys.length = this.#open.length
    }
  }

  #enter(character: string): void {
    if (this.#open.length >= MAXIMUM_DEPTH) throw new ImportRefused(this.#line, 'nested too deeply')
    if (this.#open.join('') === '{[' && character === '{' && this.#keys[0] === 'collections')
      this.#collection += 1
    this.#open.push(character)
    this.#keys.push(undefined)
  }

  #keep(text: string): void {
    this.#text += text
    if (this.#text.length > MAXIMUM_PIECE_CHARACTERS) {
      throw new ImportRefused(this.#textLine, 'the document that begins here is too large, or does not end')
    }
  }

  #takePiece(text: string): Piece {
    this.#keep(text)
    const piece = { text: this.#text, line: this.#textLine, collection: Math.max(0, this.#collection) }
    this.#text = ''
    this.#documentDepth = undefined
    if (this.#layout === 'export' || this.#hasTopArray) this.#skeleton += '0'
    return piece
  }
}
