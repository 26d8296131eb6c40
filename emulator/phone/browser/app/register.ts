import type { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { playAnimation } from '../components/animation-attribute.ts'
import {
  ComponentInstance,
  type EaselCaller,
  instanceAt,
  type Owner,
} from '../components/component-instance.ts'
import { COMPONENTS } from '../components/components.ts'
import type { BuiltIn, Properties } from '../components/host.ts'
import { noteTap } from '../components/tap-reach.ts'
import type { Services } from '../services/services.ts'
import { applyAria, ariaProperties } from './aria.ts'
import { type EaselNode, hostsOf } from './hosts.ts'

/** Properties that every built-in component has. */
const COMMON: Properties = {
  hidden: false,
  hoverClass: 'none',
  hoverStopPropagation: false,
  hoverStartTime: 50,
  hoverStayTime: 400,
  animation: null,
  ...ariaProperties,
}

/** glass-easel's component, which is `this` in lifetimes and observers. */
interface EaselComponent extends EaselCaller {
  readonly _$: EaselNode &
    EaselCaller['_$'] & {
      getBackendElement(): unknown
      addListener(name: string, listener: () => void): void
    }
}

type CodeSpace = ReturnType<MiniProgramEnv['getGlobalCodeSpace']>

/**
 * Registers the built-in components in glass-easel.
 * @param styleScopeOf the class prefix in the WXSS of a page or component
 */
export function registerBuiltIns(
  space: CodeSpace,
  services: Services,
  styleScopeOf: (path: string) => string | undefined,
): void {
  for (const [name, builtIn] of Object.entries<BuiltIn>(COMPONENTS)) {
    space.componentEnv(urlOf(name), ({ Component }) => {
      const define = Component as unknown as (definition: object) => void
      define(toEaselDefinition(builtIn, services, styleScopeOf))
    })
  }
}

export const urlOf = (name: string) => `wx/${name}`

function toEaselDefinition(
  builtIn: BuiltIn,
  services: Services,
  styleScopeOf: (path: string) => string | undefined,
): object {
  const all = { ...COMMON, ...builtIn.properties }
  const properties = Object.entries(all).map(([name, value]) => [name, { type: typeOf(value), value }])
  return {
    properties: Object.fromEntries(properties),
    observers: {
      '**'(this: EaselComponent) {
        const instance = instanceAt(this._$.getBackendElement() as HTMLElement | null)
        if (instance) update(instance)
      },
    },
    lifetimes: {
      attached(this: EaselComponent) {
        const path = this._$.ownerShadowRoot?.getHostNode().is ?? ''
        const owner: Owner = { path, styleScope: styleScopeOf(path), hosts: () => hostsOf(this._$) }
        const element = this._$.getBackendElement() as HTMLElement
        const instance = new ComponentInstance(element, builtIn, { caller: this, owner, services })
        if (builtIn.tap) this._$.addListener('tap', () => noteTap(instance))
        builtIn.draw?.(instance)
        update(instance)
      },
      detached(this: EaselComponent) {
        const instance = instanceAt(this._$.getBackendElement() as HTMLElement | null)
        if (instance) builtIn.remove?.(instance)
      },
    },
  }
}

function update(instance: ComponentInstance): void {
  instance.element.toggleAttribute('hidden', instance.data['hidden'] === true)
  instance.builtIn.update?.(instance)
  playAnimation(instance.element, instance.data['animation'])
  // After the component's own attributes, which those of the author override.
  applyAria(instance.element, instance.data)
}

function typeOf(value: unknown): unknown {
  if (value === null) return null
  if (Array.isArray(value)) return Array
  return { string: String, number: Number, boolean: Boolean }[typeof value as 'string'] ?? Object
}
