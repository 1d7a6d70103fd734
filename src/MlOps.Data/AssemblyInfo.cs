using System.Runtime.CompilerServices;

// The Parquet format builds and reads the same plain columns.
[assembly: InternalsVisibleTo("MlOps.Parquet")]
[assembly: InternalsVisibleTo("MlOps.Data.Tests")]
