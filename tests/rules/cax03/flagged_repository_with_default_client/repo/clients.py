import elasticsearch

elastic = elasticsearch.AsyncElasticsearch("http://es:9200")  # CAX04 "elastic"
