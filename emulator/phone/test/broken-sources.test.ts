import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import { afterEach, expect, it } from 'vitest'
import { FIXTURE } from '../../testing/phone/phone-kit.ts'
import { COMPILER_FAILED, PhoneBuilder } from '../build.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 40)
const SEED = Number(process.env['SEED'] ?? 1)
const PROJECTS = fileURLToPath(new URL('../../test/projects', import.meta.url))
const BROKEN_TEXTS = [
  '',
  '{',
  '[]',
  'null',
  '"a"',
  '<view',
  '{{',
  '}',
  '/*',
  '`',
  "'",
  '\u0000',
  '{"pages":[1,{}]}',
]

let directory: string
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** Numbers from 0 to below 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

it.each([
  ['the fixture', FIXTURE],
  ['a plain project', join(PROJECTS, 'board')],
  ['a project with TypeScript and SCSS', join(PROJECTS, 'habits')],
])(
  'reports files of %s that are cut, swapped or deleted, and never fails',
  async (_title, source) => {
    directory = mkdtempSync(join(tmpdir(), 'mini-program-'))
    cpSync(source, directory, { recursive: true })
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(json|wxml|wxss|wxs|ts|js|scss)$/.test(file),
    )
    const root = files.find((file) => /(^|[\\/])app\.json$/.test(file)) ?? ''
    const builder = new PhoneBuilder({
      directory: join(directory, root, '..'),
      compilerPlugins: ['typescript', 'sass'],
    })
    const random = randomNumbers(SEED)
    const pick = <Value>(list: readonly Value[]) => list[Math.floor(random() * list.length)] as Value
    let reports = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const [file, other] = [pick(files), pick(files)].map((name) => join(directory, name)) as [
        string,
        string,
      ]
      const text = readFileSync(file, 'utf8')
      const edits: readonly (() => void)[] = [
        () => writeFileSync(file, text.slice(0, random() * text.length)),
        () => writeFileSync(file, text.slice(random() * text.length)),
        () => writeFileSync(file, readFileSync(other, 'utf8')),
        () =>
          writeFileSync(
            file,
            `${text.slice(0, text.length / 2)}${pick(BROKEN_TEXTS)}${text.slice(text.length / 2)}`,
          ),
        () => writeFileSync(file, pick(BROKEN_TEXTS)),
        () => rmSync(file),
      ]
      pick(edits)()
      const { errors, notes, script } = await builder.build()
      const found = [...errors, ...notes]
      if (found.length > 0) reports += 1
      const where = `round ${round}: ${file}`
      expect(
        found.filter(({ message }) => message.startsWith(COMPILER_FAILED)),
        where,
      ).toEqual([])
      expect(
        found.every((diagnostic) => diagnostic.file !== '' && diagnostic.message !== ''),
        where,
      ).toBe(true)
      // The script of the page must be one that the browser can read.
      expect(() => new Script(script), where).not.toThrow()
      writeFileSync(file, text)
    }
    expect(reports).toBeGreaterThan(ROUNDS / 4)
  },
  60_000,
)
