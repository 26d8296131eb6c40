import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const BASE = {
  'app.js': 'App({ onLaunch() { wx.cloud.init() } })',
  'app.json': { pages: ['pages/start/start'] },
}

/** A mini-program in a temporary folder, written by a test. */
export class WrittenMiniProgram {
  readonly directory = mkdtempSync(join(tmpdir(), 'mini-program-'))

  /** @param files by path; an object is written as JSON */
  constructor(files: Readonly<Record<string, string | object>>) {
    for (const [file, content] of Object.entries({ ...BASE, ...files })) this.write(file, content)
  }

  write(file: string, content: string | object): void {
    const path = join(this.directory, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** The files of a page; template and script are empty by default. */
export function page(path: string, { wxml = '', js = 'Page({})', ...more }: Record<string, string | object>) {
  const others = Object.entries(more).map(([ending, content]) => [`${path}.${ending}`, content] as const)
  return { [`${path}.wxml`]: wxml, [`${path}.js`]: js, ...Object.fromEntries(others) }
}

/** The files of a component. */
export function component(
  path: string,
  { wxml = '', js = 'Component({})', wxss = '', json = {} }: Record<string, string | object>,
) {
  return {
    [`${path}.wxml`]: wxml,
    [`${path}.js`]: js,
    [`${path}.wxss`]: wxss,
    [`${path}.json`]: { component: true, ...(json as object) },
  }
}
