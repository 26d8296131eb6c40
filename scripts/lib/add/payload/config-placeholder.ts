import type { Plugin } from 'esbuild'

const PLACEHOLDER = '@@app-config:'

/**
 * For a build of the functions for apps that are not known yet: every export of `cloudfunctions/app-config.ts` becomes a
 * placeholder, which `fillConfig` replaces in the built code.
 * @param names of the exports
 */
export function configPlaceholderPlugin(names: readonly string[]): Plugin {
  return {
    name: 'config-placeholder',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]cloudfunctions[\\/]app-config\.ts$/ }, () => ({
        contents: names.map((name) => `export const ${name} = ${placeholder(name)}`).join('\n'),
        loader: 'js',
      }))
    },
  }
}

/** @param config the values by name of the export; they are plain data */
export function fillConfig(code: string, config: Readonly<Record<string, unknown>>): string {
  const filled = Object.entries(config).reduce(
    (text, [name, value]) => text.replaceAll(placeholder(name), () => JSON.stringify(value)),
    code,
  )
  if (filled.includes(PLACEHOLDER)) throw new Error('app-config: a placeholder is left')
  return filled
}

function placeholder(name: string): string {
  return `"${PLACEHOLDER}${name}@@"`
}
