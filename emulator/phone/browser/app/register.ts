import type { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { COMPONENTS } from '../components/components.ts'
import { applyAria, ariaProperties } from './aria.ts'
import type { BuiltIn, Properties, Services } from './host.ts'
import { type EaselCaller, Mounted, mountedAt, type Owner } from './mounted.ts'

/** Of every component, besides its own. */
const COMMON: Properties = {
  hidden: false,
  hoverClass: 'none',
  hoverStopPropagation: false,
  hoverStartTime: 50,
  hoverStayTime: 400,
  animation: null,
  ...ariaProperties,
}

/** glass-easel's side of a component: what it calls `this` in lifetimes and observers. */
interface EaselComponent extends EaselCaller {
  readonly _$: {
    getBackendElement(): unknown
    ownerShadowRoot: { getHostNode(): { is: string } } | null
  }
}

type CodeSpace = ReturnType<MiniProgramEnv['getGlobalCodeSpace']>

/**
 * Makes the phone's components known to glass-easel.
 * @param styleScopeOf the class prefix of a page's or component's own WXSS
 */
export function registerComponents(
  space: CodeSpace,
  services: Services,
  styleScopeOf: (path: string) => string | undefined,
): void {
  for (const [name, component] of Object.entries<BuiltIn>(COMPONENTS)) {
    space.componentEnv(urlOf(name), ({ Component }) => {
      const define = Component as unknown as (definition: object) => void
      define(asEaselDefinition(component, services, styleScopeOf))
    })
  }
}

export const urlOf = (name: string) => `wx/${name}`

function asEaselDefinition(
  component: BuiltIn,
  services: Services,
  styleScopeOf: (path: string) => string | undefined,
): object {
  const all = { ...COMMON, ...component.properties }
  const properties = Object.entries(all).map(([name, value]) => [name, { type: typeOf(value), value }])
  return {
    properties: Object.fromEntries(properties),
    observers: {
      '**'(this: EaselComponent) {
        const host = mountedAt(this._$.getBackendElement() as HTMLElement | null)
        if (host) update(host)
      },
    },
    lifetimes: {
      attached(this: EaselComponent) {
        const path = this._$.ownerShadowRoot?.getHostNode().is ?? ''
        const owner: Owner = { path, styleScope: styleScopeOf(path) }
        const element = this._$.getBackendElement() as HTMLElement
        const host = new Mounted(element, component, { caller: this, owner, services })
        component.draw?.(host)
        update(host)
      },
      detached(this: EaselComponent) {
        const host = mountedAt(this._$.getBackendElement() as HTMLElement | null)
        if (host) component.remove?.(host)
      },
    },
  }
}

function update(host: Mounted): void {
  host.element.toggleAttribute('hidden', host.data['hidden'] === true)
  host.builtIn.update?.(host)
  // Last: what the author says of a component overrules what it says of itself.
  applyAria(host.element, host.data)
}

function typeOf(value: unknown): unknown {
  if (value === null) return null
  if (Array.isArray(value)) return Array
  return { string: String, number: Number, boolean: Boolean }[typeof value as 'string'] ?? Object
}
