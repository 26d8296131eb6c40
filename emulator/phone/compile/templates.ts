import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Mistake } from '../program.ts'
import type { MiniProgram } from './mini-program.ts'

interface TemplateWarning {
  level: string
  message: string
  startLine: number
}

interface TemplateGroup {
  addTmpl(path: string, source: string): TemplateWarning[]
  addScript(path: string, source: string): void
  getTmplGenObjectGroups(): string
  free(): void
}

// The package's ESM half does not load in Node: it imports WebAssembly as a module.
const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler') as {
  TmplGroup: { newDev(): TemplateGroup }
}

/** Compiles all WXML and WXS with WeChat's own compiler. @returns a JavaScript expression: templates by path */
export function compileTemplates({ directory, files }: MiniProgram, mistakes: Mistake[]): string {
  const group = TmplGroup.newDev()
  try {
    for (const file of files) {
      if (!/\.(wxs|wxml)$/.test(file)) continue
      const source = readFileSync(join(directory, file), 'utf8')
      if (file.endsWith('.wxs')) {
        group.addScript(file.slice(0, -'.wxs'.length), source)
        continue
      }
      for (const warning of group.addTmpl(file.slice(0, -'.wxml'.length), source)) {
        if (warning.level !== 'Error' && warning.level !== 'Fatal') continue
        mistakes.push({ file, line: warning.startLine + 1, message: warning.message })
      }
    }
    return group.getTmplGenObjectGroups()
  } finally {
    group.free()
  }
}
