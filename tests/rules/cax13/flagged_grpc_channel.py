import grpc
from celery import shared_task
from shop.proto.stock_pb2 import Item
from shop.proto.stock_pb2_grpc import StockStub

STUB = StockStub(grpc.insecure_channel("stock:50051"))  # CAX13@18 "gRPC channel 'STUB'"


@shared_task
def reserve(sku: str) -> bool:
    return STUB.Reserve(Item(sku=sku), timeout=5).done
