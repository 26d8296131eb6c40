import { posix } from 'node:path'
import type { Node, Statement } from '@babel/types'
import { rangeOf, type Source } from './source.ts'

/** All files of one conversion: what one needs to know of another. */
export class Library {
  constructor(
    readonly sources: ReadonlyMap<string, Source>,
    readonly place: (path: string) => string,
  ) {}

  /** How the converted file names a module: without an ending. */
  specifier(from: string, specifier: string): string {
    const target = this.#resolve(from, specifier)
    if (target === undefined) return specifier
    const relative = posix.relative(posix.dirname(this.place(from)), this.place(target)).replace(/\.ts$/, '')
    return relative.startsWith('.') ? relative : `./${relative}`
  }

  /** Whether what a module exports under a name is a variable that is assigned later. @param specifier the file itself without one */
  isLive(from: string, specifier: string | undefined, name: string): boolean {
    const source = this.#source(from, specifier)
    return declarationsOf(source).some(
      ({ declaration }) =>
        declaration.type === 'VariableDeclaration' &&
        declaration.kind !== 'const' &&
        declaration.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name),
    )
  }

  /** The names of a type's parameters. */
  typeParameters(from: string, specifier: string, name: string): string[] {
    for (const { declaration } of declarationsOf(this.#source(from, specifier))) {
      if (!isType(declaration) || declaration.id.name !== name) continue
      return (declaration.typeParameters?.params ?? []).map((each) => String(each.name))
    }
    return []
  }

  /** Comments, and texts for developers, name files: those are JavaScript now. */
  renameInText(text: string): string {
    const names = new Set(['app', ...[...this.sources.keys()].map((path) => posix.basename(path, '.ts'))])
    return text.replaceAll(/([\w-]+)\.ts\b/g, (whole, name: string) =>
      names.has(name) ? `${name}.js` : whole,
    )
  }

  #source(from: string, specifier: string | undefined): Source | undefined {
    const path = specifier === undefined ? from : this.#resolve(from, specifier)
    return path === undefined ? undefined : this.sources.get(path)
  }

  #resolve(from: string, specifier: string): string | undefined {
    if (!specifier.startsWith('.')) return undefined
    const path = posix.join(posix.dirname(from), specifier)
    return [path, `${path}.ts`, `${path}/index.ts`].find((each) => this.sources.has(each))
  }
}

/** Whether a file holds types alone, so that nothing of it is left when it runs. */
export function isOnlyTypes({ program }: Source): boolean {
  return program.body.every(
    (statement) =>
      isType(statement) ||
      (statement.type === 'ImportDeclaration' && statement.importKind === 'type') ||
      (statement.type === 'ExportNamedDeclaration' &&
        (statement.declaration ? isType(statement.declaration) : statement.exportKind === 'type')),
  )
}

/** The files that a file names in `import` and `export … from`, with where the name stands. */
export function specifiersOf({ program }: Source) {
  return program.body.flatMap((statement) => {
    const isNaming = statement.type === 'ImportDeclaration' || statement.type === 'ExportNamedDeclaration'
    if (!isNaming || !statement.source) return []
    return [{ value: statement.source.value, range: rangeOf(statement.source) }]
  })
}

function declarationsOf(source: Source | undefined) {
  return (source?.program.body ?? []).flatMap((statement) =>
    statement.type === 'ExportNamedDeclaration' && statement.declaration
      ? [{ declaration: statement.declaration }]
      : [],
  )
}

function isType(node: Node | Statement) {
  return node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration'
}
