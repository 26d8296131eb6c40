import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'

interface Entry {
  resolved?: string
  link?: boolean
  optionalDependencies?: Record<string, string>
}

const { packages } = JSON.parse(readFileSync(projectPath('package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>
}

it('the lock file names no download address: everybody has their own registry', () => {
  const resolved = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined)
  expect(resolved).toEqual([['node_modules/wechat-cloud-emulator', { resolved: 'emulator', link: true }]])
})

it('the lock file holds the builds for every platform, without which npm ci refuses it everywhere', () => {
  const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').pop()))
  const missing = Object.values(packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !names.has(name))
  expect(missing).toEqual([])
})
