import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runScript } from '../support/run-script.ts'

const directory = mkdtempSync(join(tmpdir(), 'import-users-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

it('a folder that cannot be written is one line, and no trace of the program', async () => {
  const file = join(directory, 'export.json')
  writeFileSync(file, '{"_openid":"oAbCdEfGhIjKlMnOpQrStUvWxYz1"}')
  const run = await runScript('import-users', [file, '--data', join(directory, 'cloud'), '--out', file])
  expect(run.code).toBe(1)
  expect(run.errors).toBe(
    `${file}: 读不了或写不了 · cannot be read or written (EEXIST)\n没有写入文件 · no file was written\n`,
  )
  expect(readdirSync(directory).sort()).toEqual(['cloud', 'export.json'])
})
