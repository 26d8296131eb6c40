import type { Note } from '../control/note.ts'
import type { EventBus } from './event-bus.ts'

/** What the cloud has to say of a project. Each note is said once: to `onNote`, and in the list that consoles show. */
export class Notes {
  readonly #notes = new Map<string, Note>()
  readonly #events: EventBus
  readonly #onNote: (note: Note) => void

  /** @param onNote receives each new note, for the terminal */
  constructor(events: EventBus, onNote: (note: Note) => void = () => {}) {
    this.#events = events
    this.#onNote = onNote
  }

  /** A note with the same file, line and message as an earlier one is dropped. */
  add(note: Note): void {
    const key = JSON.stringify([note.file, note.line, note.message])
    if (this.#notes.has(key)) return
    this.#notes.set(key, note)
    this.#onNote(note)
    this.#events.emit('notes')
  }

  /** Oldest first. */
  list(): Note[] {
    return [...this.#notes.values()]
  }

  /** Forgets what is about files of the sources, which have changed. */
  forgetSources(): void {
    for (const [key, { file }] of this.#notes) if (file !== undefined) this.#notes.delete(key)
    this.#events.emit('notes')
  }

  clear(): void {
    this.#notes.clear()
    this.#events.emit('notes')
  }
}
