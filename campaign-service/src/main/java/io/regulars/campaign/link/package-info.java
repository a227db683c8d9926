/// Links in messages: signed, so that they lead where the template said and tell whose message it was.
package io.regulars.campaign.link;
