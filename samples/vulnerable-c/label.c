/* Each call here is one of the mistakes that scanners of C look for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void print_label(const char *customer) {
  char label[16];
  char command[64];
  strcpy(label, customer);
  sprintf(command, "print-label %s", label);
  system(command);
}

int main(void) {
  char customer[32];
  if (scanf("%s", customer) == 1) {
    print_label(customer);
  }
  return 0;
}
