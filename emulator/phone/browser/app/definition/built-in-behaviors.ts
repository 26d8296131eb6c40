import { type FormMember, formMembers } from '../../components/form-members.ts'
import type { CodeSpace } from '../code-space.ts'
import { type EaselNode, hostsOf } from '../hosts.ts'
import type { DefinedBehavior } from './definition.ts'

/** An instance of the mini-program's component; `_$` is glass-easel's. */
interface Instance {
  readonly _$: EaselNode & { getBackendElement(): unknown }
  readonly data: Readonly<Record<string, unknown>>
  setData(changes: object): void
}

/**
 * WeChat's own behaviors, by the name that `behaviors` gives.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/behaviors.html
 */
export function builtInBehaviors(space: CodeSpace): ReadonlyMap<string, DefinedBehavior> {
  const mark = (kind: FormMember['kind']) => ({
    lifetimes: {
      attached(this: Instance) {
        formMembers.add(this._$, {
          kind,
          hosts: () => hostsOf(this._$),
          element: () => this._$.getBackendElement(),
          data: () => this.data,
          reset: () => this.setData({ value: '' }),
        })
      },
      detached(this: Instance) {
        formMembers.remove(this._$, kind)
      },
    },
  })
  const definitions: Readonly<Record<string, object>> = {
    'wx://form-field': { properties: { name: String, value: null }, ...mark('field') },
    'wx://form-field-group': mark('group'),
    'wx://form-field-button': mark('button'),
    // The adapter calls `export` of every definition that has it.
    'wx://component-export': {},
    'wx://proxy-scroll-view': {},
  }
  return new Map(
    Object.entries(definitions).map(([name, definition]) => [
      name,
      space.behavior().definition(definition).register() as unknown as DefinedBehavior,
    ]),
  )
}
