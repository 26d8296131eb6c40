import type {
  Node,
  TSInterfaceDeclaration,
  TSMethodSignature,
  TSPropertySignature,
  TSTypeAliasDeclaration,
  TSTypeElement,
  TSTypeParameterDeclaration,
} from '@babel/types'
import { DocBlock, type DocTag } from './doc-block.ts'
import { replaceByDoc } from './docs.ts'
import { type Range, rangeOf, type Source } from './source.ts'
import { literalText, typeText } from './type-text.ts'

/** Makes a `@typedef` of an interface or a type alias. @param statement with its `export` */
export function convertDeclaration(
  source: Source,
  declaration: TSInterfaceDeclaration | TSTypeAliasDeclaration,
  statement: Range,
): void {
  const templates = templateTags(source, declaration.typeParameters)
  const { name } = declaration.id
  if (declaration.type === 'TSInterfaceDeclaration') {
    const bases = (declaration.extends ?? []).map((base) => typeText(source, base))
    writeObject(source, statement, { name, templates, bases }, declaration.body.body)
    return
  }
  const type = declaration.typeAnnotation
  if (type.type === 'TSTypeLiteral') {
    writeObject(source, statement, { name, templates, bases: [] }, type.members)
    return
  }
  const typedef = { tag: 'typedef', type: typeText(source, type), name }
  const members = type.type === 'TSUnionType' ? type.types : []
  replaceByDoc(source, statement, [...templates, typedef], notesOf(source, members))
}

export function templateTags(source: Source, parameters: Node | null | undefined): DocTag[] {
  if (!isDeclaration(parameters)) return []
  return parameters.params.map(({ name: identifier, constraint, default: otherwise }) => {
    const name = String(identifier)
    return {
      tag: 'template',
      ...(constraint ? { type: typeText(source, constraint) } : {}),
      name: otherwise ? `[${name}=${typeText(source, otherwise)}]` : name,
    }
  })
}

function isDeclaration(node: Node | null | undefined): node is TSTypeParameterDeclaration {
  return node?.type === 'TSTypeParameterDeclaration'
}

interface ObjectType {
  name: string
  templates: readonly DocTag[]
  bases: readonly string[]
}

function writeObject(
  source: Source,
  statement: Range,
  { name, templates, bases }: ObjectType,
  members: readonly TSTypeElement[],
): void {
  if (bases.length === 0 && members.length > 0 && members.every(isNamed)) {
    const properties = members.map((member) => propertyTag(source, member))
    replaceByDoc(source, statement, [...templates, { tag: 'typedef', type: 'object', name }, ...properties])
    return
  }
  const literal = members.length === 0 && bases.length > 0 ? [] : [literalText(source, members)]
  const typedef = { tag: 'typedef', type: [...bases, ...literal].join(' & '), name }
  replaceByDoc(source, statement, [...templates, typedef], notesOf(source, members))
}

type NamedMember = TSPropertySignature | TSMethodSignature

function isNamed(member: TSTypeElement): member is NamedMember {
  const isMember = member.type === 'TSPropertySignature' || member.type === 'TSMethodSignature'
  return isMember && member.key.type === 'Identifier' && !member.computed
}

function propertyTag(source: Source, member: NamedMember): DocTag {
  const key = source.text(member.key)
  const doc = source.docBefore(rangeOf(member).start)
  const { lines } = doc ? DocBlock.parse(doc.value) : new DocBlock()
  return {
    tag: 'property',
    type: memberType(source, member),
    name: member.optional ? `[${key}]` : key,
    text: lines.join(' '),
  }
}

function memberType(source: Source, member: NamedMember): string {
  if (member.type === 'TSPropertySignature') {
    return member.typeAnnotation ? typeText(source, member.typeAnnotation) : 'any'
  }
  const { params, typeParameters, returnType } = methodParts(member)
  const generics = typeParameters ? typeText(source, typeParameters) : ''
  const list = params.map((param) => typeText(source, param)).join(', ')
  return `${generics}(${list}) => ${returnType ? typeText(source, returnType) : 'any'}`
}

function methodParts({ parameters, typeParameters, typeAnnotation }: TSMethodSignature) {
  return { params: parameters, typeParameters, returnType: typeAnnotation }
}

/** The docstrings of a union's members, as a list: a type in JSDoc holds no comments. */
function notesOf(source: Source, members: readonly Node[]): string[] {
  return members.flatMap((member) => {
    const doc = source.docBefore(rangeOf(member).start, '|')
    if (!doc) return []
    return [`- \`${typeText(source, member)}\`: ${DocBlock.parse(doc.value).lines.join(' ')}`]
  })
}
