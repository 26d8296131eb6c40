import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { writeFunctions } from '../../../testing/written-functions.ts'
import { FunctionCatalog } from '../function-catalog.ts'

let root = ''
afterEach(() => rmSync(root, { recursive: true, force: true }))

function catalogOf(files: Record<string, string>, settings = {}): FunctionCatalog {
  root = writeFunctions({ 'functions/f/index.js': '', ...files })
  return new FunctionCatalog(join(root, 'functions'), { settings, projectDirectory: root })
}

const notesOf = (config: string) => {
  const file = 'functions/f/config.json'
  return catalogOf({ [file]: config })
    .find('f')
    ?.notes.map(({ line, message }) => [line, message])
}

it('the platform’s limits hold unless something is set', () => {
  expect(catalogOf({}).find('f')).toMatchObject({
    timeoutSeconds: 3,
    memoryMegabytes: 256,
    variables: {},
    exportName: 'main',
    notes: [],
  })
})

it('the emulator’s settings precede cloudbaserc.json, which precedes config.json', () => {
  const files = {
    'cloudbaserc.json': JSON.stringify({
      functions: [
        { name: 'other', timeout: 1 },
        {
          name: 'f',
          timeout: 20,
          memorySize: 512,
          envVariables: { KEY: '{{env.KEY}}', OTHER: 'rc' },
          triggers: [{ name: 'rc', type: 'timer', config: '0 0 1 * * * *' }],
        },
      ],
    }),
    '.env': 'KEY="from .env"\nUNUSED=1',
    'functions/f/config.json': '{"timeout": 10, "permissions": {"openapi": ["a.b"]}}',
  }
  const definition = catalogOf(files, {
    f: { timeoutSeconds: 60, variables: { OTHER: 'own' }, http: 'pay/' },
  }).find('f')
  expect(definition).toMatchObject({
    timeoutSeconds: 60,
    memoryMegabytes: 512,
    variables: { KEY: 'from .env', OTHER: 'own' },
    openapiPermissions: ['a.b'],
    triggers: [{ name: 'rc' }],
    http: '/pay',
  })
})

it.each([
  ['{\n"timeout": 3,\n}', 3, 'JSON'],
  ['{\n"timeout": 3', 2, 'JSON'],
  ['{\n"permissions": {\n"openapi": [nope]}}', 3, 'JSON'],
  ['[]', 1, 'JSON'],
  ['{\n"permision": {}}', 2, 'permision'],
  ['{\n"permissions": ["a.b"]}', 2, 'permissions.openapi'],
  ['{\n"triggers": {}}', 2, 'triggers'],
  ['{"triggers": [{"name": "t", "type": "timer",\n"config": "0 0 3 * *"}]}', 2, '0 0 3 * *'],
  ['{"triggers": [\n{"name": "t", "type": "cos"}]}', 2, 'cos'],
])('the mistake in %j has a line', (config, line, words) => {
  expect(notesOf(config)).toEqual([[line, expect.stringContaining(words)]])
})

it('all triggers are known, with a note on more than one', () => {
  const timer = (name: string) => ({ name, type: 'timer', config: '0 0 3 * * * *' })
  const config = JSON.stringify({ triggers: [timer('a'), timer('b')] })
  expect(notesOf(config)).toHaveLength(1)
  expect(catalogOf({ 'functions/f/config.json': config }).find('f')?.triggers).toHaveLength(2)
})

it('a byte-order mark is no mistake', () => {
  expect(notesOf('\uFEFF{"timeout": 5}')).toEqual([])
})

it('the version follows every file, not only the entry', () => {
  const catalog = catalogOf({ 'functions/f/lib/x.js': '1' })
  const before = catalog.find('f')?.version
  expect(catalog.find('f')?.version).toBe(before)
  writeFileSync(join(root, 'functions/f/lib/x.js'), '2 longer')
  expect(catalog.find('f')?.version).not.toBe(before)
})
