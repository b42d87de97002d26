// sink is an S3 server that keeps as little as it can: names and sizes of all objects, bytes only of small ones. Whatever is written to it costs
// it little more than reading the socket, so that the speed of who writes is seen and not the server's. It checks no signature and no digest.
package main

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Up to this size the bytes stay: a repository's configuration, locks, indexes and snapshots are read again.
const kept = 1 << 20

type object struct {
	size  int64
	bytes []byte // nil if it is larger than kept
	meta  http.Header
	at    time.Time
}

type upload struct {
	size int64
	meta http.Header
}

type sink struct {
	sync.Mutex
	objects map[string]*object
	uploads map[string]*upload
	next    int
}

var buffers = sync.Pool{New: func() any { b := make([]byte, 256<<10); return &b }}

// body reads a request to its end.
func body(r *http.Request) (int64, []byte, error) {
	var from io.Reader = r.Body
	if strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		from = &chunked{r: bufio.NewReaderSize(r.Body, 64<<10)}
	}
	var head bytes.Buffer
	n, err := io.Copy(&head, io.LimitReader(from, kept+1))
	if err != nil || n <= kept {
		return n, head.Bytes(), err
	}
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	for {
		m, err := from.Read(*buffer)
		n += int64(m)
		if err == io.EOF {
			return n, nil, nil
		}
		if err != nil {
			return n, nil, err
		}
	}
}

// chunked decodes "aws-chunked": SIZE;chunk-signature=... CRLF bytes CRLF, ended by a chunk of size 0 and trailers.
type chunked struct {
	r    *bufio.Reader
	left int64
	done bool
}

func (c *chunked) Read(p []byte) (int, error) {
	for c.left == 0 {
		if c.done {
			return 0, io.EOF
		}
		line, err := c.r.ReadString('\n')
		if err != nil {
			return 0, err
		}
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		size, err := strconv.ParseInt(strings.SplitN(line, ";", 2)[0], 16, 64)
		if err != nil {
			return 0, err
		}
		c.left = size
		if size == 0 {
			c.done = true
			_, err = io.Copy(io.Discard, c.r)
			if err != nil {
				return 0, err
			}
		}
	}
	if int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	return n, err
}

func meta(r *http.Request) http.Header {
	m := http.Header{}
	for name, values := range r.Header {
		if strings.HasPrefix(name, "X-Amz-Meta-") || name == "Content-Type" {
			m[name] = values
		}
	}
	return m
}

func fail(w http.ResponseWriter, r *http.Request, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		fmt.Fprintf(w, "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>", code, code)
	}
}

func answer(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "application/xml")
	io.WriteString(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"+text)
}

func quoted(text string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(text))
	return b.String()
}

func (s *sink) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	parts := strings.SplitN(strings.TrimPrefix(r.URL.Path, "/"), "/", 2)
	if len(parts) < 2 || parts[1] == "" {
		s.bucket(w, r, q)
		return
	}
	name := parts[0] + "/" + parts[1]
	switch {
	case r.Method == http.MethodPost && q.Has("uploads"):
		s.Lock()
		s.next++
		id := strconv.Itoa(s.next)
		s.uploads[id] = &upload{meta: meta(r)}
		s.Unlock()
		answer(w, "<InitiateMultipartUploadResult><UploadId>"+id+"</UploadId></InitiateMultipartUploadResult>")
	case r.Method == http.MethodPut && q.Has("uploadId"):
		size, _, err := body(r)
		s.Lock()
		up := s.uploads[q.Get("uploadId")]
		if up != nil {
			up.size += size
		}
		s.Unlock()
		if err != nil || up == nil {
			fail(w, r, 400, "InvalidRequest")
			return
		}
		w.Header().Set("ETag", `"part"`)
	case r.Method == http.MethodPost && q.Has("uploadId"):
		io.Copy(io.Discard, r.Body)
		s.Lock()
		up := s.uploads[q.Get("uploadId")]
		delete(s.uploads, q.Get("uploadId"))
		if up != nil {
			s.objects[name] = &object{size: up.size, meta: up.meta, at: time.Now()}
		}
		s.Unlock()
		if up == nil {
			fail(w, r, 404, "NoSuchUpload")
			return
		}
		answer(w, "<CompleteMultipartUploadResult><Key>"+quoted(parts[1])+"</Key><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>")
	case r.Method == http.MethodPut:
		size, bytes, err := body(r)
		if err != nil {
			fail(w, r, 400, "InvalidRequest")
			return
		}
		s.Lock()
		s.objects[name] = &object{size: size, bytes: bytes, meta: meta(r), at: time.Now()}
		s.Unlock()
		w.Header().Set("ETag", `"whole"`)
	case r.Method == http.MethodDelete:
		s.Lock()
		delete(s.objects, name)
		delete(s.uploads, q.Get("uploadId"))
		s.Unlock()
		w.WriteHeader(http.StatusNoContent)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		s.Lock()
		o := s.objects[name]
		s.Unlock()
		if o == nil {
			fail(w, r, 404, "NoSuchKey")
			return
		}
		for name, values := range o.meta {
			w.Header()[name] = values
		}
		w.Header().Set("ETag", `"whole"`)
		if r.Method == http.MethodHead {
			w.Header().Set("Last-Modified", o.at.UTC().Format(http.TimeFormat))
			w.Header().Set("Content-Length", strconv.FormatInt(o.size, 10))
			return
		}
		if o.bytes == nil && o.size > 0 {
			fail(w, r, 410, "NotKept")
			return
		}
		http.ServeContent(w, r, "", o.at, bytes.NewReader(o.bytes))
	default:
		fail(w, r, 405, "MethodNotAllowed")
	}
}

func (s *sink) bucket(w http.ResponseWriter, r *http.Request, q url.Values) {
	if r.Method != http.MethodGet {
		return // the bucket is there, or is made: all the same here
	}
	if q.Has("location") {
		answer(w, "<LocationConstraint>us-east-1</LocationConstraint>")
		return
	}
	bucket := strings.Trim(r.URL.Path, "/")
	prefix := bucket + "/" + q.Get("prefix")
	s.Lock()
	var names []string
	for name := range s.objects {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	var b strings.Builder
	fmt.Fprintf(&b, "<ListBucketResult><Name>%s</Name><IsTruncated>false</IsTruncated>", quoted(bucket))
	last := ""
	for _, name := range names {
		if d := q.Get("delimiter"); d != "" {
			if at := strings.Index(name[len(prefix):], d); at >= 0 {
				common := name[:len(prefix)+at+len(d)]
				if common != last {
					last = common
					fmt.Fprintf(&b, "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>", quoted(common[len(bucket)+1:]))
				}
				continue
			}
		}
		o := s.objects[name]
		fmt.Fprintf(&b, "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>\"whole\"</ETag><Size>%d</Size></Contents>",
			quoted(name[len(bucket)+1:]), o.at.UTC().Format("2006-01-02T15:04:05.000Z"), o.size)
	}
	s.Unlock()
	b.WriteString("</ListBucketResult>")
	answer(w, b.String())
}

func main() {
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s := &sink{objects: map[string]*object{}, uploads: map[string]*upload{}}
	fmt.Fprintln(os.Stderr, http.Serve(listener, s))
	os.Exit(1)
}
