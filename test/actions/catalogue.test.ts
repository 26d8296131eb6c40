import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { RETRIES } from '../faults/retries.ts'
import { SOMEONE } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'

/** `<function> <action>` for each action that a contract file names, as in `action: 'save'`. */
function actionsOfContract(): string[] {
  const folder = projectPath('contract')
  const files = readdirSync(folder, { recursive: true }).map(String)
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = readFileSync(join(folder, file), 'utf8')
      const actions = [...source.matchAll(/\baction: '(\w+)'/g)].map(([, action]) => action)
      return actions.map((action) => `${functionOf(file)} ${action}`)
    })
}

/** `travelNotes` for `app/travel-notes.ts`. */
function functionOf(file: string): string {
  return basename(file, '.ts').replaceAll(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase())
}

function functions(): string[] {
  const folder = projectPath('cloudfunctions')
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return entries.map(({ name }) => name).filter((name) => name !== 'shared')
}

it('the catalogue has every action of the contract', () => {
  const actions = [...new Set(actionsOfContract())]
  expect(actions.length).toBeGreaterThan(10)
  const present = OPERATIONS.map(({ function: name, request }) => {
    const { action } = request(SOMEONE) as { action?: string }
    return `${name} ${action}`
  })
  expect(actions.filter((action) => !present.includes(action))).toEqual([])
})

it('the catalogue has every function', () => {
  const present = OPERATIONS.map(({ function: name }) => name)
  expect(functions().filter((name) => !present.includes(name))).toEqual([])
})

it('the names of the catalogue are unique', () => {
  const names = OPERATIONS.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

it('every retry is one of an operation of the catalogue', () => {
  const names = OPERATIONS.map(({ name }) => name)
  expect(Object.keys(RETRIES).filter((name) => !names.includes(name))).toEqual([])
})
