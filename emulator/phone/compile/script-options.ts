import type { ComponentConfig } from '../program/program.ts'

/**
 * Reads the options in a component's script that decide how its style sheet is compiled: they are needed before the
 * script runs. As in WeChat, the component's .json takes precedence.
 */
export function readScriptOptions(script: string, config: ComponentConfig): Partial<ComponentConfig> {
  if (config.styleIsolation !== undefined) return {}
  const options = /\boptions\s*[:=]\s*\{([^}]*)\}/.exec(script)?.[1] ?? ''
  const isolation = /\bstyleIsolation\s*:\s*['"`]([\w-]+)['"`]/.exec(options)?.[1]
  if (isolation !== undefined) return { styleIsolation: isolation }
  return /\baddGlobalClass\s*:\s*(true\b|!0)/.test(options) ? { styleIsolation: 'apply-shared' } : {}
}
