import type { BuiltPhone } from '../phone/build.ts'

/** An empty page in place of the phone, for tests of the console alone. */
export const NO_PHONE: BuiltPhone = {
  html: '',
  script: '',
  sourceMap: '',
  style: '',
  edition: '',
  phoneScript: '',
  phoneEdition: '',
  assets: new Map(),
  errors: [],
  notes: [],
  pages: ['pages/home/home', 'pages/goods/goods'],
  missingPackages: new Map(),
}
