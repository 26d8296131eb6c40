import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const APPEARANCE = 'emulator/phone/test/appearance.test.ts'
const DIFFERENCES = 'emulator/phone/test/differences.test.ts'
const DEFINITIONS = 'emulator/phone/test/definitions.test.ts'
const WECHAT = 'emulator/phone/test/wechat.test.ts'
const REBUILD = 'emulator/phone/test/rebuild.test.ts'
const WXS_EVENTS = 'emulator/phone/test/wxs-events.test.ts'

/** What the phone in the browser does as WeChat does. */
export const PHONE_GUARDS: readonly Mutation[] = rowsBelow('emulator/phone/browser/')(
  [
    'a dialog with a long button is not shown',
    'wx/interface.ts',
    'if (fault !== undefined) throw new Error(fault)',
    '',
    WECHAT,
    'more than four characters',
  ],
  [
    'a faint button of a dialog is found',
    'look/check-page.ts',
    '...texts.filter(({ element }) => element.matches(COLOURED_BY_PROGRAM)).flatMap(checkContrast),',
    '',
    APPEARANCE,
    'a dialog has the colours',
  ],
  [
    'a page that the app has now is in the phone’s list of pages',
    'device/changes.ts',
    "if (metaOf(served, 'phone-frame')?.content !== metaOf(document, 'phone-frame')?.content) {",
    'if (Boolean()) {',
    REBUILD,
    'keeps the page around the screen while the pages stay the same',
  ],
  [
    'errors of older code do not stay on the phone',
    'device/device.ts',
    '    this.errors.clear()\n    this.restart()',
    '    this.restart()',
    REBUILD,
    'keeps the page around the screen while the pages stay the same',
  ],
  [
    'a handled long press is no tap',
    'app/gestures.ts',
    'if (isTapSuppressed) return true',
    '',
    DIFFERENCES,
    'a handled long press suppresses',
  ],
  [
    'a CloudID is exchanged by the cloud',
    'wx/cloud-data.ts',
    'entry[1] instanceof CloudId',
    'false',
    DIFFERENCES,
    'callFunction sends bytes',
  ],
  [
    'text is decoded once',
    'components/text.ts',
    'node.data === written.get(node)',
    'false',
    DIFFERENCES,
    'text decodes',
  ],
  [
    'a form sees nothing inside a component without its behavior',
    'components/form.ts',
    'if (!formMembers.has(host, kind)) return false',
    '',
    DEFINITIONS,
    'a form takes fields of components',
  ],
  [
    'only WXS stops an event by its answer',
    'app/handlers.ts',
    'return answer === false ? undefined : answer',
    'return answer',
    WXS_EVENTS,
    'a catch without a value stops a tap',
  ],
  [
    'a tap that is caught inside of a component does not reach it',
    'app/gestures.ts',
    'if (reached.has(instance)) instance.builtIn.tap(instance)',
    'instance.builtIn.tap(instance)',
    'emulator/phone/test/caught-taps.test.ts',
    'caught inside of a component',
  ],
  [
    'an error has its place in the edition that threw it',
    'device/source-map.ts',
    'await linesOf(edition)',
    "await linesOf('')",
    'emulator/phone/test/error-places.test.ts',
    'after a change of the sources',
  ],
)
