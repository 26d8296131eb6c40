'use strict';
exports.main = function (event, context, callback) {
  setTimeout(function () {
    callback(null, { echo: event.text })
  }, 10)
}
