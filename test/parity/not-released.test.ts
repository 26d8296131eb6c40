import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'

const read = (path: string) => readFileSync(projectPath(path), 'utf8')
const config = JSON.parse(read('project.config.json'))
const PARITY = resolve(projectPath('parity'))

/** Every file below a folder of the project whose text has a name of parity. */
function filesOfParity(folder: string): string[] {
  const paths = readdirSync(projectPath(folder), { recursive: true, withFileTypes: true })
  const files = paths.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return files.filter((path) => /parity[-_/.]/.test(readFileSync(path, 'utf8')))
}

it('what WeChat uploads as the mini-program, and what it uploads as functions, are folders without parity', () => {
  for (const root of [config.miniprogramRoot, config.cloudfunctionRoot]) {
    const folder = resolve(projectPath(root))
    expect(`${PARITY}${sep}`.startsWith(`${folder}${sep}`), root).toBe(false)
    expect(`${folder}${sep}`.startsWith(`${PARITY}${sep}`), root).toBe(false)
    expect(existsSync(join(folder, 'parity')), root).toBe(false)
  }
})

it('no built function and no page of the mini-program has anything of parity', () => {
  expect(readdirSync(projectPath(config.cloudfunctionRoot)).length).toBeGreaterThan(5)
  expect(filesOfParity(config.cloudfunctionRoot)).toEqual([])
  expect(filesOfParity(config.miniprogramRoot)).toEqual([])
})

it('the package leaves parity out, and the phone’s page has an appid that nobody releases', () => {
  expect(JSON.parse(read('package.json')).files.filter((path: string) => path.includes('parity'))).toEqual([])
  const phone = JSON.parse(read('parity/phone/project.config.json'))
  expect(phone.appid).toBe('touristappid')
  expect(phone.cloudfunctionRoot).toBeUndefined()
})
