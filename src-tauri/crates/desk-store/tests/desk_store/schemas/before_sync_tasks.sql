BEGIN TRANSACTION;
CREATE TABLE activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    activity_type TEXT NOT NULL,
    status TEXT NOT NULL,
    platform_status TEXT NOT NULL,
    start_time INTEGER,
    end_time INTEGER,
    enroll_deadline INTEGER,
    joined INTEGER NOT NULL,
    updated_at INTEGER,
    content_hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    fetch_seq INTEGER NOT NULL,
    search_text TEXT NOT NULL,
    UNIQUE (activity_id, shop_id)
) STRICT;
INSERT INTO "activities" VALUES(1,'us:635500000000001','9000','Summer','summer','lightning_deal','running','3',1749999900,1750000100,NULL,1,NULL,X'DBB1537C74B6C5FF6528F14F33C62D6F',1750000000,1750000000,1,'summer
9000
lightning_deal');
CREATE TABLE activity_items (
    activity_row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    product_id TEXT NOT NULL,
    sku_id TEXT,
    price_minor INTEGER,
    price_currency TEXT,
    quantity INTEGER,
    remaining INTEGER,
    PRIMARY KEY (activity_row, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "activity_items" VALUES(1,0,'601000000000001',NULL,500,'USD',10,4);
CREATE TABLE gateway_apps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gateway TEXT NOT NULL,
    dialect TEXT NOT NULL,
    base_url TEXT NOT NULL,
    app_key TEXT NOT NULL,
    redirect_uri TEXT,
    proxy TEXT,
    UNIQUE (gateway, dialect, base_url, app_key)
) STRICT;
INSERT INTO "gateway_apps" VALUES(1,'custom','guide','http://127.0.0.1:8080','made-up-key',NULL,NULL);
CREATE TABLE order_items (
    order_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line_sn TEXT,
    sku_id TEXT,
    product_id TEXT,
    ext_code TEXT,
    name TEXT NOT NULL,
    spec TEXT,
    image_url TEXT,
    quantity INTEGER NOT NULL,
    unit_price_minor INTEGER,
    unit_price_currency TEXT,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "order_items" VALUES(1,0,'211-00000000000000002','17590000000001','601000000000001','MUG-BLUE','Demo mug','Blue / 1pc','https://img.example/1.jpg',2,649,'USD');
INSERT INTO "order_items" VALUES(2,0,'211-00000000000000002','17590000000001','601000000000001','MUG-BLUE','Demo mug','Blue / 1pc','https://img.example/1.jpg',2,649,'USD');
INSERT INTO "order_items" VALUES(3,0,'211-00000000000000002','17590000000001','601000000000001','MUG-BLUE','Demo mug','Blue / 1pc','https://img.example/1.jpg',2,649,'USD');
CREATE TABLE order_status_seen (
    order_id INTEGER NOT NULL,
    platform_status TEXT NOT NULL,
    status TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, platform_status)
) STRICT, WITHOUT ROWID;
INSERT INTO "order_status_seen" VALUES(1,'2','unshipped',1750000000);
INSERT INTO "order_status_seen" VALUES(2,'2','unshipped',1750000000);
INSERT INTO "order_status_seen" VALUES(3,'4','shipped',1750000000);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id TEXT NOT NULL,
    order_sn TEXT NOT NULL,
    status TEXT NOT NULL,
    platform_status TEXT NOT NULL,
    currency TEXT,
    total_minor INTEGER,
    total_currency TEXT,
    amount_state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ship_by INTEGER,
    shipped_at INTEGER,
    delivered_at INTEGER,
    updated_at INTEGER,
    labels TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    fetch_seq INTEGER NOT NULL,
    search_text TEXT NOT NULL,
    UNIQUE (order_sn, shop_id)
) STRICT;
INSERT INTO "orders" VALUES(1,'us:635500000000001','PO-1','unshipped','2','USD',1299,'USD','known',1749913600,1750259200,NULL,NULL,1749999400,'["soon_to_be_overdue"]',X'E513FB422CF9AC34EA6783374AA252E2',1750000000,1750000000,1,'po-1
211-00000000000000002
mug-blue
demo mug
17590000000001
601000000000001');
INSERT INTO "orders" VALUES(2,'us:635500000000001','PO-2','unshipped','2','USD',NULL,NULL,'not_authorized',1749913600,1750259200,NULL,NULL,1749999400,'["soon_to_be_overdue"]',X'821CA332A4037E07319004270D0E1910',1750000000,1750000000,1,'po-2
211-00000000000000002
mug-blue
demo mug
17590000000001
601000000000001');
INSERT INTO "orders" VALUES(3,'us:635500000000001','PO-3','shipped','4','USD',NULL,NULL,'pending',1749913600,1750259200,NULL,NULL,1749999400,'["soon_to_be_overdue"]',X'1F71108B849449B112BA08FB50EC748F',1750000000,1750000000,1,'po-3
211-00000000000000002
mug-blue
demo mug
17590000000001
601000000000001');
CREATE TABLE pending_authorizations (
    authorization_id TEXT PRIMARY KEY NOT NULL,
    state_hash TEXT NOT NULL,
    app_id INTEGER NOT NULL,
    redirect_uri TEXT NOT NULL,
    shop_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE pictures (
    url TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "pictures" VALUES('https://img.example/1.jpg');
INSERT INTO "pictures" VALUES('https://img.example/product.jpg');
CREATE TABLE products (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    ext_code TEXT,
    status TEXT NOT NULL,
    platform_status TEXT NOT NULL,
    category TEXT,
    image_url TEXT,
    price_minor INTEGER,
    price_currency TEXT,
    stock INTEGER,
    created_at INTEGER,
    updated_at INTEGER,
    content_hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    fetch_seq INTEGER NOT NULL,
    search_text TEXT NOT NULL,
    UNIQUE (product_id, shop_id)
) STRICT;
INSERT INTO "products" VALUES(1,'us:635500000000001','601','Mug','mug','MUG','active','1','Kitchen','https://img.example/product.jpg',899,'USD',12,1749999000,NULL,X'EAD47DA6ABAE08C62F4E6735C92DCD3D',1750000000,1750000000,1,'mug
601
mug
17590000000001
mug-blue');
CREATE TABLE quarantine (
    shop_id TEXT NOT NULL,
    resource TEXT NOT NULL,
    identity TEXT NOT NULL,
    payload_hash BLOB NOT NULL,
    payload BLOB NOT NULL,
    reason TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    PRIMARY KEY (shop_id, resource, identity)
) STRICT, WITHOUT ROWID;
INSERT INTO "quarantine" VALUES('us:635500000000001','orders','PO-9',X'CDBE0A9DD73D5E1B284176336A17E08834A0D82B4170C59CC0A8BD2504B1CFDF',X'28B52FFD2019C900007B226F726465725F736E223A22504F2D39222C2278223A317D','no status',1750000000,1750000000);
CREATE TABLE raw_payloads (
    kind TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (kind, row_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "raw_payloads" VALUES('activities',1,X'28B52FFD200D6900007B226D616465223A227570227D');
INSERT INTO "raw_payloads" VALUES('orders',1,X'28B52FFD200D6900007B226D616465223A227570227D');
INSERT INTO "raw_payloads" VALUES('orders',2,X'28B52FFD200D6900007B226D616465223A227570227D');
INSERT INTO "raw_payloads" VALUES('orders',3,X'28B52FFD200D6900007B226D616465223A227570227D');
INSERT INTO "raw_payloads" VALUES('products',1,X'28B52FFD200D6900007B226D616465223A227570227D');
CREATE TABLE "seaql_migrations" ( "version" varchar NOT NULL PRIMARY KEY, "applied_at" integer NOT NULL );
INSERT INTO "seaql_migrations" VALUES('m20261122_000001_create_shops',1795346783);
INSERT INTO "seaql_migrations" VALUES('m20261122_000002_create_orders',1795346783);
INSERT INTO "seaql_migrations" VALUES('m20261122_000003_create_products',1795346783);
INSERT INTO "seaql_migrations" VALUES('m20261122_000004_create_activities',1795346783);
INSERT INTO "seaql_migrations" VALUES('m20261122_000005_create_payloads',1795346783);
INSERT INTO "seaql_migrations" VALUES('m20261122_000006_create_sync_state',1795346783);
INSERT INTO "seaql_migrations" VALUES('m20261122_000007_create_settings',1795346783);
CREATE TABLE settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "settings" VALUES('language','"zh-CN"');
CREATE TABLE shops (
    shop_id TEXT PRIMARY KEY NOT NULL,
    app_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    region TEXT,
    mall_type TEXT NOT NULL,
    scopes TEXT NOT NULL,
    expires_at INTEGER,
    refresh_expires_at INTEGER,
    token_state TEXT NOT NULL,
    credentials_version INTEGER NOT NULL,
    authorized_at INTEGER NOT NULL,
    is_removed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "shops" VALUES('us:635500000000001',1,'Shop us:635500000000001','US','local','["bg.order.list.v2.get"]',1750003600,NULL,'valid',1,1750000000,0);
CREATE TABLE skus (
    product_row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    sku_id TEXT NOT NULL,
    ext_code TEXT,
    spec TEXT,
    price_minor INTEGER,
    price_currency TEXT,
    stock INTEGER,
    PRIMARY KEY (product_row, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "skus" VALUES(1,0,'17590000000001','MUG-BLUE','Blue',899,'USD',12);
CREATE TABLE sync_checkpoints (
    shop_id TEXT NOT NULL,
    resource TEXT NOT NULL,
    stream TEXT NOT NULL,
    complete_through INTEGER,
    last_run_seconds INTEGER NOT NULL,
    window_start INTEGER,
    window_end INTEGER,
    next_page INTEGER,
    total INTEGER,
    PRIMARY KEY (shop_id, resource)
) STRICT, WITHOUT ROWID;
INSERT INTO "sync_checkpoints" VALUES('us:635500000000001','orders','made-up-stream',1749999820,12,1749996400,1749999940,7,650);
INSERT INTO "sync_checkpoints" VALUES('us:635500000000001','products','made-up-census',1749999995,3,NULL,NULL,NULL,NULL);
CREATE TABLE sync_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop_id TEXT NOT NULL,
    resource TEXT NOT NULL,
    trigger TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    window_start INTEGER,
    window_end INTEGER,
    pages INTEGER NOT NULL,
    new_rows INTEGER NOT NULL,
    changed_rows INTEGER NOT NULL,
    unchanged_rows INTEGER NOT NULL,
    quarantined_rows INTEGER NOT NULL,
    result TEXT NOT NULL,
    error_code TEXT,
    error_message TEXT,
    request_id TEXT
) STRICT;
INSERT INTO "sync_runs" VALUES(1,'us:635500000000001','orders','automatic',1750000000,1750000005,1749996400,1749999820,1,3,0,0,1,'partial',NULL,NULL,NULL);
CREATE INDEX pending_authorizations_by_state ON pending_authorizations (state_hash);
CREATE INDEX orders_by_creation ON orders (created_at);
CREATE INDEX orders_by_shop ON orders (shop_id, created_at);
CREATE INDEX orders_by_status ON orders (status, ship_by, shop_id);
CREATE INDEX products_by_name ON products (folded_name);
CREATE INDEX products_by_shop ON products (shop_id);
CREATE INDEX activities_by_shop ON activities (shop_id);
CREATE INDEX sync_runs_by_shop ON sync_runs (shop_id, resource);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('gateway_apps',1);
INSERT INTO "sqlite_sequence" VALUES('sync_runs',1);
INSERT INTO "sqlite_sequence" VALUES('orders',3);
INSERT INTO "sqlite_sequence" VALUES('products',1);
INSERT INTO "sqlite_sequence" VALUES('activities',1);
COMMIT;
