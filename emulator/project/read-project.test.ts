import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findMissingFunctions } from './project-findings.ts'
import { NoProject, readProject } from './read-project.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'project-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, content: object): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), JSON.stringify(content))
}

it('reads folders, appid, base library, compilers and npm packages', () => {
  write('project.config.json', {
    appid: 'wx1',
    projectname: 'shop',
    miniprogramRoot: './src/',
    cloudfunctionRoot: 'cloud/',
    libVersion: '3.8.0',
    setting: { useCompilerPlugins: ['typescript', 'sass'] },
  })
  write('src/app.json', {})
  write('package.json', {})
  const { project, findings } = readProject(root)
  expect(project).toEqual({
    root,
    name: 'shop',
    appid: 'wx1',
    miniprogramRoot: join(root, 'src/'),
    cloudfunctionRoot: join(root, 'cloud/'),
    libVersion: '3.8.0',
    compilerPlugins: ['typescript', 'sass'],
    npm: [{ packageJson: join(root, 'package.json'), target: join(root, 'src/') }],
    isStrict: true,
  })
  expect(findings).toEqual([])
})

it('takes the settings of project.private.config.json first', () => {
  write('project.config.json', { libVersion: '2.0.0', setting: { useCompilerPlugins: ['less'], es6: true } })
  write('project.private.config.json', { libVersion: 'latest', setting: { useCompilerPlugins: ['sass'] } })
  write('app.json', {})
  const { project } = readProject(root)
  expect(project.libVersion).toBeUndefined()
  expect(project.compilerPlugins).toEqual(['sass'])
})

it.each([
  [{}, true],
  [{ es6: false }, false],
  [{ es6: false, enhance: true }, true],
  [{ es6: true, disableUseStrict: true }, false],
])('reads from %j whether scripts are strict: %s', (setting, isStrict) => {
  write('project.config.json', { setting })
  expect(readProject(root).project.isStrict).toBe(isStrict)
})

it('takes the packages of packNpmRelationList with packNpmManually', () => {
  write('project.config.json', {
    setting: {
      packNpmManually: true,
      packNpmRelationList: [{ packageJsonPath: './package.json', miniprogramNpmDistDir: './mini/' }],
    },
  })
  expect(readProject(root).project.npm).toEqual([
    { packageJson: join(root, 'package.json'), target: join(root, 'mini/') },
  ])
})

it('reports a folder without app.json', () => {
  write('project.config.json', { miniprogramRoot: 'nowhere/' })
  expect(readProject(root).findings).toMatchObject([{ file: 'project.config.json' }])
})

it('reads a file with comments, a trailing comma and separators of Windows, and says so', () => {
  const text =
    '\uFEFF{\r\n// ours\r\n"miniprogramRoot": "mini\\\\", "cloudfunctionRoot": ".\\\\cloud\\\\",\r\n}'
  writeFileSync(join(root, 'project.config.json'), text)
  write('mini/app.json', {})
  const { project, findings } = readProject(root)
  expect(project.cloudfunctionRoot).toBe(join(root, 'cloud/'))
  expect(findings).toMatchObject([{ file: 'project.config.json:2' }])
})

it('rejects a folder without project.config.json, and one with a broken one', () => {
  expect(() => readProject(root)).toThrow(NoProject)
  writeFileSync(join(root, 'project.config.json'), '{\n"appid": wx1\n}')
  expect(() => readProject(root)).toThrow(/project\.config\.json:2 /)
  writeFileSync(join(root, 'project.config.json'), '[]')
  expect(() => readProject(root)).toThrow(NoProject)
})

it('says where app.json is instead, and that a project may have to be built', () => {
  write('project.config.json', { miniprogramRoot: 'dist/', cloudfunctionRoot: 'cloud/' })
  write('package.json', { scripts: { 'build:weapp': 'taro build', test: 'jest' } })
  write('src/app.json', {})
  const { project, findings } = readProject(root)
  const messages = [...findings, ...findMissingFunctions(project)].map(({ message }) => message)
  expect(messages).toHaveLength(2)
  expect(messages[0]).toMatch(/dist\/.*src\/.*npm run build:weapp$/)
  expect(messages[1]).toMatch(/cloud\/.*npm run build:weapp$/)
})

it('a file is no folder of functions', () => {
  write('project.config.json', { cloudfunctionRoot: 'app.json' })
  write('app.json', {})
  expect(findMissingFunctions(readProject(root).project)).toHaveLength(1)
})

it('names what it cannot run', () => {
  write('project.config.json', { compileType: 'game', qcloudRoot: 'server/' })
  write('app.json', {})
  const messages = readProject(root).findings.map(({ message }) => message)
  expect(messages).toEqual([expect.stringContaining('"game"'), expect.stringContaining('qcloudRoot')])
})
