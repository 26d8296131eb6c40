import type { LegalDocument } from '../../legal/legal-document'

/** Lays out the user agreement or the privacy policy. */
Component({
  properties: {
    document: { type: Object, value: { title: '', version: '', sections: [] } as LegalDocument },
  },
})
