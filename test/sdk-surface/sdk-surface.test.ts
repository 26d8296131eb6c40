import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { lazyModules } from '../../scripts/lib/sdk/build-sdk.ts'
import { removeSurface, runSurface, type Surface, steady, surfaceEnvironment } from './surface.ts'

const require = createRequire(import.meta.url)
const execute = promisify(execFile)

let surface: Surface
beforeAll(async () => {
  surface = await runSurface()
}, 60_000)
afterAll(() => removeSurface(surface))

describe('the bundled SDK', () => {
  it('sends the very requests the unbundled one sends', () => {
    expect(surface.unbundled.sent.length).toBeGreaterThan(50)
    expect(surface.bundled.sent).toEqual(surface.unbundled.sent)
  })

  it('gives and throws the same', () => {
    expect(steady(surface.bundled.outcomes)).toEqual(steady(surface.unbundled.outcomes))
  })

  it('says nothing else on the terminal, and the build says nothing', () => {
    expect(surface.bundled.stderr).toBe(surface.unbundled.stderr)
    expect(surface.warnings).toEqual([])
  })

  it.each(['getPhoneNumber', 'msgSecCheck', 'uploadFile', 'downloadFile', 'deleteFile', 'transaction'])(
    'does what is asked for: %s',
    (step) => {
      expect(surface.bundled.outcomes[step]).toHaveProperty('given')
    },
  )
})

describe('a module that is loaded at first use', () => {
  it('is the module of the package, in a folder without node_modules', async () => {
    const shape = 'const shape = (m) => [typeof m, ...Object.keys(m)].join()'
    const modules = await lazyModules()
    expect(modules.size).toBeGreaterThan(10)
    const { stdout } = await execute(
      process.execPath,
      [
        '-e',
        `${shape}
        const shapes = JSON.parse(process.argv[2]).map(([module, file]) => [module, shape(require(process.argv[1] + file).load(module))])
        console.log(JSON.stringify(shapes))`,
        join(surface.directory, 'bundled/surface/'),
        JSON.stringify([...modules]),
      ],
      { cwd: surface.directory, env: surfaceEnvironment('http://127.0.0.1:9') },
    )
    const expected = [...modules.keys()].map((module) => {
      const real = require(projectPath(module))
      return [module, [typeof real, ...Object.keys(real)].join()]
    })
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual(expected)
  })
})
