using System.Runtime.CompilerServices;

// Scratch buffers on the stack are written before they are read.
[module: SkipLocalsInit]
