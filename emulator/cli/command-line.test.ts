import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { CommandError } from './command-error.ts'
import { readCommandLine } from './command-line.ts'

const read = (...argv: string[]) => readCommandLine(argv, { name: 'emulator' })

it('reads paths from the current folder, and permissions in any case', () => {
  expect(read('--project', 'a', '--seed', 'x', '--seed', 'y', '--permission', 'users=private')).toEqual({
    project: resolve('a'),
    port: 5270,
    dataDirectory: undefined,
    isReset: false,
    isInstalling: false,
    isOnline: false,
    isOpened: false,
    isQuiet: false,
    isJson: false,
    follow: undefined,
    seeds: [resolve('x'), resolve('y')],
    permissions: new Map([['users', 'PRIVATE']]),
  })
})

it.each([
  [['--nonsense'], "Unknown option '--nonsense'"],
  [['word'], "Unexpected argument 'word'"],
  [['--port', '70000'], '--port 70000'],
  [['--port', 'http'], '--port http'],
  [['--permission', 'users'], 'users=PRIVATE'],
  [['--permission', 'users=ALL'], 'users=ALL'],
  // A rule does not fit into an argument.
  [['--permission', 'users=CUSTOM'], 'users=CUSTOM'],
])('refuses %j in one line', (argv, named) => {
  expect(() => read(...argv)).toThrow(CommandError)
  expect(() => read(...argv)).toThrow(named)
  expect(() => read(...argv)).toThrow(/^[^\n]*$/)
})
