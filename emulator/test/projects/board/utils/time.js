function pad(number) {
  return ('0' + number).slice(-2)
}

function format(date) {
  if (!(date instanceof Date)) return ''
  return date.getFullYear() + '-' + pad(date.getMonth() + 1) + '-' + pad(date.getDate())
}

module.exports = {
  format: format
}
