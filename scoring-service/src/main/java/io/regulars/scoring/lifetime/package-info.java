/// How long a customer stays and what they will spend: BG/NBD and Gamma-Gamma, fitted for each shop.
package io.regulars.scoring.lifetime;
