import type { LegalDocument } from '../../utils/legal-document'

/** Lays out the user agreement or the privacy policy. */
Component({
  properties: {
    document: { type: Object, value: { title: '', version: '', sections: [] } as LegalDocument },
  },
})
