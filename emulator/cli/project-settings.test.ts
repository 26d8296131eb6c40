import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readCommandLine } from './command-line.ts'
import { readProjectSettings } from './project-settings.ts'

it('names the files to watch also while project.config.json is gone, as during a checkout', async () => {
  const root = mkdtempSync(join(tmpdir(), 'settings-'))
  const line = readCommandLine(['--project', root], { name: 'wechat-cloud-emulator' })
  const files = expect.arrayContaining([join(root, 'project.config.json')])
  await expect(readProjectSettings(line)).rejects.toMatchObject({ name: 'CommandError', files })
  rmSync(root, { recursive: true })
})
