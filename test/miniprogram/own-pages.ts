/** What leads from the account page to each page that shows nothing without a login. */
export const OWN_PAGES = {
  trips: '.item-trips',
  devices: '.item-devices',
  transfer: '.item-transfer',
  'my-data': '.item-my-data',
  'close-account': '.item-close-account',
}
