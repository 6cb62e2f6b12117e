// The compiled translations live in this library as the resource folder :/i18n.
