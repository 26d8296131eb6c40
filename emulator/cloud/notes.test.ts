import { expect, it } from 'vitest'
import { EventBus } from './event-bus.ts'
import { Notes } from './notes.ts'

it('notes about sources are forgotten when those have changed, and can be said again; others stay', () => {
  const said: string[] = []
  const notes = new Notes(new EventBus(), ({ message }) => said.push(message))
  notes.add({ message: 'of a file', file: '/functions/index.js', line: 1 })
  notes.add({ message: 'of the cloud' })
  notes.forgetSources()
  expect(notes.list()).toEqual([{ message: 'of the cloud' }])
  notes.add({ message: 'of a file', file: '/functions/index.js', line: 1 })
  notes.add({ message: 'of the cloud' })
  expect(said).toEqual(['of a file', 'of the cloud', 'of a file'])
})
