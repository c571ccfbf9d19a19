# Two commands for newcomers: `make run` and `make test`. Both install missing system libraries, and say which.

SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT_TEST_FLAGS ?=

share = $(DESTDIR)$(PREFIX)/share
samples = $(basename $(notdir $(wildcard sample-metrics/scenarios/*.yaml)))
program = bin/meridian

.PHONY: help run test build install uninstall samples frames manual lint clean libraries test-libraries

help:
	@echo 'make run                   build a release and watch a region fail, in this terminal'
	@echo 'make test                  build and run all tests'
	@echo 'make install PREFIX=DIR    install program, themes, samples, manual pages and completions'
	@echo 'make build                 build the release only'
	@echo 'make samples               make the sample recordings anew from their scenarios'
	@echo 'make frames                make the pictures of the README anew'
	@echo 'make manual                make the manual pages anew'
	@echo 'make lint                  check the format of the source'
	@echo 'make clean                 remove everything that was built'

# Without a terminal there is nothing to see: say so before building for minutes.
run:
	@if ! [ -t 0 -a -t 1 ]; then \
	  echo 'make run opens a dashboard and needs a terminal; without one, `make build` and' \
	    '`$(program) check sample-metrics/region-failure.jsonl.gz` print a verdict.' >&2; exit 2; fi
	@$(MAKE) --no-print-directory build
	@$(program) replay sample-metrics/region-failure.jsonl.gz

test: test-libraries
	clients=$$(packaging/install-clients) && \
	  MERIDIAN_CLIENTS=$$clients swift test --disable-xctest $(SWIFT_TEST_FLAGS)

build: libraries
	@mkdir -p bin
	@path=$$(packaging/build-release) && ln -sf "$$path" $(program)
	@echo 'Built $(program)'

install: build
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(share)/meridian/Themes' '$(share)/meridian/sample-metrics/scenarios'
	install -m 755 $(program) '$(DESTDIR)$(PREFIX)/bin/meridian'
	install -m 644 Themes/*.yaml '$(share)/meridian/Themes'
	install -m 644 $(wildcard sample-metrics/*.jsonl.gz sample-metrics/*.json) '$(share)/meridian/sample-metrics'
	install -m 644 sample-metrics/scenarios/*.yaml '$(share)/meridian/sample-metrics/scenarios'
	install -d '$(share)/man/man1' '$(share)/bash-completion/completions' \
	  '$(share)/zsh/site-functions' '$(share)/fish/vendor_completions.d'
	install -m 644 packaging/man/*.1 '$(share)/man/man1'
	'$(DESTDIR)$(PREFIX)/bin/meridian' --generate-completion-script bash > '$(share)/bash-completion/completions/meridian'
	'$(DESTDIR)$(PREFIX)/bin/meridian' --generate-completion-script zsh > '$(share)/zsh/site-functions/_meridian'
	'$(DESTDIR)$(PREFIX)/bin/meridian' --generate-completion-script fish > '$(share)/fish/vendor_completions.d/meridian.fish'

uninstall:
	rm -rf '$(DESTDIR)$(PREFIX)/bin/meridian' '$(share)/meridian' '$(share)/man/man1/meridian'*.1 \
	  '$(share)/bash-completion/completions/meridian' '$(share)/zsh/site-functions/_meridian' \
	  '$(share)/fish/vendor_completions.d/meridian.fish'

samples: build
	for name in $(samples); do \
	  $(program) simulate "sample-metrics/scenarios/$$name.yaml" \
	    -o "sample-metrics/$$name.jsonl.gz" || exit 1; done

frames: build
	packaging/make-frames $(program)

manual:
	packaging/make-manual

lint:
	swift format lint --strict --parallel --recursive Sources Tests Benchmarks Fuzz Package.swift

clean:
	rm -rf .build .build-* bin

libraries:
	@packaging/install-libraries build

test-libraries:
	@packaging/install-libraries test
