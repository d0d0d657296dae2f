#!/bin/sh
# Hand one message to the portal: Postfix pipes it in, $1 is the recipient. Whatever fails, status 75 keeps
# the message in the mail server's queue.
while IFS= read -r line; do
  case $line in ''|\#*) ;; *) export "$line" ;; esac
done < /etc/balai-warga.env || exit 75
cd /srv/balai-warga || exit 75
.venv/bin/flask --app wsgi mail receive --recipient "$1" || exit 75
