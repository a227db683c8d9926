/// What is to be expected of a customer: products that run out, purchases, and what they will be worth.
package io.regulars.scoring.outlook;
