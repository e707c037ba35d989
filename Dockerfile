FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --no-deps --requirement requirements.txt
COPY monitoring/weights.py .
RUN /venv/bin/python weights.py

FROM node:24-slim AS pages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY web/assets web/assets
RUN npm run build

FROM python:3.13-slim
RUN useradd --system --create-home --home-dir /var/lib/passline passline
COPY --from=build /venv /venv
COPY . /app
COPY --from=pages /build/web/static /app/web/static
WORKDIR /app
USER passline
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR=/var/lib/passline LISTEN=0.0.0.0
VOLUME /var/lib/passline
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:create_app()"]
